package names_test

import (
	"fmt"

	"reisgezel/internal/kernel/names"
)

func ExampleIndex() {
	x := names.NewIndex()
	x.Set("p-1", "Tesfamariam Haile")
	x.Set("p-2", "Oleksandr Shevchuk")
	x.Set("p-3", "Abdulrahman Haddad")
	for _, typed := range []string{"Tesfa Mariam", "Олександр Шевчук", "Hadad Abd el-Rahman", "ተስፋማርያም"} {
		for _, m := range x.Search(typed, 1) {
			fmt.Println(m.ID, m.Name, m.Reasons[0].How)
		}
	}
	x.Remove("p-2")
	fmt.Println(len(x.Search("Oleksandr", 10)), x.Len())
	// Output:
	// p-1 Tesfamariam Haile joined
	// p-2 Oleksandr Shevchuk script
	// p-3 Abdulrahman Haddad sound
	// p-1 Tesfamariam Haile script
	// 0 2
}
