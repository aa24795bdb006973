package names

// This file knows which names many people bear, so that a small index, or none, still knows that "Mohammed" says
// little. It is typed from general knowledge of the languages, and only a start: an index counts for itself.

import (
	"math"
	"strings"
)

const commonNames = `mohammed ahmed ali hassan hussein abdullah abdulrahman mahmoud ibrahim omar osman khalid yusuf ismail mustafa saleh said salem hamid karim
	rahman khan jan gul shah reza mehdi amir hamza bilal fatima zahra maryam aisha khadija zeinab leila sara nour noor amina hawa halima
	abdi warsame farah jama nur hersi adan mohamud abukar isse dahir
	tesfay haile gebre gebremedhin kidane tekle yohannes berhane mehari tewolde solomon daniel dawit samuel abraham selam senait mebrahtu kiflom okbay ghirmay habte
	bekele tadesse alemu girma getachew kebede mengistu tesfaye worku assefa abebe desta hailu
	mehmet ayse mustafa yilmaz kaya demir celik sahin ozturk aydin arslan dogan
	aleksandr sergey andrey vladimir dmitry nikolay alexey mikhail ivan yuri viktor igor oleg elena olga natalia tatiana irina svetlana
	aleksandrovich sergeevich vladimirovich nikolaevich mikhailovich ivanovich viktorovich anatolievich yurievich alekseevich aleksandrovna nikolaevna vladimirovna
	azad sherko karwan rebwan hiwa shirin soran zana dilan rojin jiyan baran aram
	muhammad akbar asghar hashemi ahmadi mohammadi hosseini rezaei karimi rahimi sultani amiri noori haidari sharifi
	محمد احمد علي حسن حسين عبدالله ابراهيم محمود مصطفى فاطمة`

// Everybody in the world outside the index is taken to be this many people, and a common name to be borne by these.
const (
	worldPeople = 2000
	worldCommon = 24
)

var commonFrames = func() map[uint64]bool {
	t := map[uint64]bool{}
	for _, w := range strings.Fields(commonNames) {
		for _, p := range Read(w).parts {
			t[p.frame] = true
		}
	}
	return t
}()

// rareness is how much a part says: count of people bear a part like it, out of all of them.
func rareness(frame uint64, count, people float64) float32 {
	if commonFrames[frame] {
		count += worldCommon
	}
	people += worldPeople
	return float32(max(0.08, min(1, math.Log(people/(count+1))/math.Log(people))))
}

// worldRarity is the rarity where there is no index.
func worldRarity(frame uint64) float32 { return rareness(frame, 0, 0) }
